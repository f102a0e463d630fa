from django.urls import path

from posada.accounts.views import account, signing_in, staff

app_name = "accounts"
urlpatterns = [
    path("", account.account, name="account"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("enrol/", signing_in.enrol, name="enrol"),
    path("enrol/finish/", signing_in.finish_enrolment, name="finish_enrolment"),
    path("enter-as/", signing_in.enter_as, name="enter_as"),
    path("lock/", signing_in.lock, name="lock"),
    path("password/", account.password, name="password"),
    path("authenticator/", account.authenticator, name="authenticator"),
    path("recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("staff/", staff.staff, name="staff"),
    path("staff/add/", staff.add, name="add_staff"),
    path("staff/<int:pk>/", staff.member, name="member"),
    path("staff/<int:pk>/roles/", staff.roles, name="roles"),
    path("staff/<int:pk>/slip/", staff.slip, name="slip"),
    path("staff/<int:pk>/carry-out/", staff.carry_out, name="carry_out"),
    path("staff/<int:pk>/take-away/", staff.take_away, name="take_away"),
]
