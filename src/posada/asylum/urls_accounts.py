"""Addresses of accounts: by the case's number, and an account's own meaningless id."""

from django.urls import path

from posada.asylum.views import accounts, accounts_marked

_ONE = "accounts/<uuid:account>/"

urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("<int:number>/accounts/", accounts.case_accounts, name="case_accounts"),
    path("<int:number>/accounts/<int:person_number>/begin/", accounts.begin_account, name="begin_account"),
    path(_ONE, accounts.account, name="account"),
    path(_ONE + "write/", accounts.tell_again, name="tell_again"),
    path(_ONE + "versions/", accounts.account_versions, name="account_versions"),
    path(_ONE + "sentence/", accounts_marked.erase_account_sentence, name="erase_account_sentence"),
    path(_ONE + "names/", accounts_marked.mark_names, name="mark_names"),
    path(_ONE + "erase/", accounts_marked.erase_account, name="erase_account"),
    path(_ONE + "case/<int:number>/", accounts.take_into_case, name="take_into_case"),
    path(_ONE + "print/", accounts.print_account, name="print_account"),
]
