"""Addresses of the parts of a case: by the case's number, and a line's own meaningless id."""

from django.urls import path

from posada.asylum.views import members, parts

_LIST = "<int:number>/list/<slug:part>/"
_LINE = _LIST + "<uuid:line>/"

urlpatterns = [
    path("<int:number>/part/<slug:part>/", parts.write_part, name="part"),
    path(_LIST, parts.list_part, name="part_list"),
    path(_LIST + "add/", parts.add_line, name="part_add"),
    path(_LINE, parts.change_line, name="part_change"),
    path(_LINE + "remove/", parts.remove_line, name="part_remove"),
    path("<int:number>/members/", members.case_members, name="members"),
    path("<int:number>/members/add/", members.add_member, name="add_member"),
    path("<int:number>/members/<int:person_number>/", members.change_member, name="change_member"),
    path("<int:number>/members/<int:person_number>/remove/", members.remove_member, name="remove_member"),
    path("<int:number>/steps/", members.case_steps_page, name="steps"),
    path("<int:number>/steps/<slug:rule>/", members.note_step, name="note_step"),
]
