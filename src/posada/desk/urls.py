from django.urls import path

from posada.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("person/<int:number>/", views.person, name="person"),
    path("night/", views.night, name="night"),
    path("seal/", views.seal, name="seal"),
    path("approvals/", views.approvals_here, name="approvals"),
    path("approvals/codes/", views.agreeing_codes, name="agreeing_codes"),
    path("approvals/<uuid:approval_id>/", views.approval, name="approval"),
    path("approvals/<uuid:approval_id>/agree/", views.agree, name="agree"),
    path("approvals/<uuid:approval_id>/stop/", views.stop, name="stop"),
    path("approvals/<uuid:approval_id>/code/", views.code, name="code"),
    path("approvals/<uuid:approval_id>/heard/", views.heard, name="heard"),
    path("approvals/<uuid:approval_id>/carry-out/", views.carry_out, name="carry_out"),
    path("approvals/<uuid:approval_id>/enter/", views.enter_for, name="enter_for"),
    path("backup/", views.backup, name="backup"),
    path("alarms/", views.alarms_here, name="alarms"),
    path("alarms/<int:notice_id>/answer/", views.answer_alarm, name="answer_alarm"),
    path("alarms/urgent/<uuid:reading_id>/", views.review_urgent, name="review_urgent"),
    path("story/", views.story_step, name="story_step"),
]
