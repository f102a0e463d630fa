"""Addresses of a case's papers: by the case's number and the kind of paper."""

from django.urls import path

from posada.asylum.views import papers

urlpatterns = [
    path("<int:number>/papers/", papers.papers, name="papers"),
    path("<int:number>/papers/aloud/", papers.steps_aloud, name="steps_aloud"),
    path("<int:number>/papers/<slug:kind>/", papers.print_paper, name="print_paper"),
]
