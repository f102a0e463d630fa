from django.urls import path

from posada.family import views
from posada.family.models import ContactKind
from posada.family.views import tree

app_name = "family"
urlpatterns = [
    path("", views.home, name="home"),
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.open_request, name="open_request"),
    path("requests/<int:number>/", views.request_page, name="request"),
    path("requests/<int:number>/edit/", views.update_request, name="update_request"),
    path("requests/<int:number>/close/", views.close_request, name="close_request"),
    path("requests/<int:number>/renew/", views.renew_request, name="renew_request"),
    path("requests/<int:number>/answer/", views.answer, name="answer"),
    path("proposals/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/ask/", views.found_decision, name="found_decision"),
    path("<int:number>/", views.relatives, name="relatives"),
    path("<int:number>/add/", views.add_relative, name="add_relative"),
    path("<int:number>/tree/", tree.tree, name="tree"),
    path("<int:number>/tree/add/<uuid:beside>/", tree.tree_add, name="tree_add"),
    path("<int:number>/tree/tie/", tree.tree_tie, name="tree_tie"),
    path("<int:number>/tree/untie/<int:other>/", tree.tree_untie, name="tree_untie"),
    path("card/<uuid:card_id>/same/", tree.same_card, name="same_card"),
    path("card/<uuid:card_id>/", views.card, name="card"),
    path("card/<uuid:card_id>/heard/", views.press, {"kind": ContactKind.HEARD}, name="heard"),
    path("card/<uuid:card_id>/no-answer/", views.press, {"kind": ContactKind.NO_ANSWER}, name="no_answer"),
    path("card/<uuid:card_id>/worrying/", views.press, {"kind": ContactKind.WORRYING}, name="worrying"),
    path("card/<uuid:card_id>/stop/", views.press, {"kind": ContactKind.STOP}, name="stop"),
    path("card/<uuid:card_id>/resume/", views.resume, name="resume"),
    path("card/<uuid:card_id>/erase/", views.erase_card, name="erase_card"),
    path("card/<uuid:card_id>/erase-sentence/", views.erase_card_sentence, name="erase_card_sentence"),
    path("notes/<uuid:note_id>/erase/", views.erase_note, name="erase_note"),
    path("requests/<int:number>/erase/", views.erase_request, name="erase_request"),
    path("requests/<int:number>/erase-sentence/", views.erase_request_sentence, name="erase_request_sentence"),
    path("card/<uuid:card_id>/seek/", views.seek, name="seek"),
]
