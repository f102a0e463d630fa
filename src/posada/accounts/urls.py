from django.urls import path

from posada.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("enter-as/", views.enter_as, name="enter_as"),
    path("lock/", views.lock, name="lock"),
]
