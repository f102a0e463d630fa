from django.urls import path

from posada.people import views

app_name = "people"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/household/", views.together, name="together"),
    path("register/draft/", views.draft, name="draft"),
    path("<int:number>/card/", views.ticket, name="ticket"),
    path("<int:number>/card/lost/", views.card_lost, name="card_lost"),
    path("<int:number>/birth/", views.birth, name="birth"),
    path("find/", views.find, name="find"),
    path("<int:number>/same/", views.same, name="same"),
    path("<int:number>/correct/", views.correct, name="correct"),
    path("<int:number>/consent/", views.consent, name="consent"),
    path("<int:number>/history/", views.history, name="history"),
    path("<int:number>/household/", views.household, name="household"),
    path("<int:number>/erase/", views.erase, name="erase"),
    path("<int:number>/history/erase/", views.erase_sentence, name="erase_sentence"),
    path("<int:number>/request/", views.take_claim, name="take_claim"),
    path("requests/", views.claims, name="claims"),
    path("requests/<uuid:claim_id>/", views.claim, name="claim"),
    path("requests/<uuid:claim_id>/answer/", views.claim_answer, name="claim_answer"),
    path("kept/", views.retention, name="retention"),
    path("kept/<slug:kind>/<uuid:subject>/", views.review, name="review"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("<int:number>/papers/", views.papers, name="papers"),
    path("<int:number>/papers/<uuid:paper>/<int:page>/", views.paper_page, name="paper_page"),
    path("<int:number>/papers/<uuid:paper>/erase/", views.erase_paper, name="erase_paper"),
    path("entrust/", views.entrust, name="entrust"),
    path("<int:number>/hand-back/", views.hand_back, name="hand_back"),
    path("<int:number>/take-on/", views.take_on, name="take_on"),
    path("<int:number>/urgent/", views.break_glass, name="break_glass"),
    path("<int:number>/emergency/", views.emergency, name="emergency"),
    path("<int:number>/emergency/write/", views.emergency_write, name="emergency_write"),
]
