"""The addresses of harm, referrals, the press, false callers and news of a death."""

from django.urls import path

from posada.family.views import callers, deaths, harm, publicity, referrals

HARM = [
    path("card/<uuid:card_id>/harm/", harm.note_harm, name="note_harm"),
    path("harm/<uuid:harm_id>/", harm.harm, name="harm"),
    path("harm/<uuid:harm_id>/edit/", harm.correct_harm, name="correct_harm"),
    path("harm/<uuid:harm_id>/step/", harm.tick_step, name="tick_step"),
    path("harm/<uuid:harm_id>/contact/", harm.decide_contact, name="decide_contact"),
    path("harm/<uuid:harm_id>/refer/", referrals.refer, name="refer"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/answer/", referrals.answer_referral, name="answer_referral"),
    path("referrals/<uuid:referral_id>/withdraw/", referrals.withdraw_referral, name="withdraw_referral"),
    path("referrals/<uuid:referral_id>/sheet/", referrals.referral_sheet, name="referral_sheet"),
    path("<int:number>/press/", publicity.press_page, name="press"),
    path("<int:number>/press/decide/", publicity.decide_press, name="decide_press"),
    path("<int:number>/press/appeared/", publicity.note_appearance, name="note_appearance"),
    path("<int:number>/press/<uuid:appearance>/lower/", publicity.lower_risk, name="lower_risk"),
    path("callers/", callers.callers, name="callers"),
    path("callers/known/", callers.known_caller, name="known_caller"),
    path("callers/poster/", callers.callers_poster, name="callers_poster"),
    path("callers/<uuid:caller_id>/out/", callers.take_out_caller, name="take_out_caller"),
    path("card/<uuid:card_id>/news/", deaths.card_death, name="card_death"),
    path("requests/<int:number>/news/", deaths.request_death, name="request_death"),
    path("<int:number>/news/", deaths.person_death, name="person_death"),
    path("news/<uuid:news_id>/", deaths.news, name="news"),
    path("news/<uuid:news_id>/ask/", deaths.ask_news, name="ask_news"),
    path("news/<uuid:news_id>/confirm/", deaths.confirm_news, name="confirm_news"),
    path("news/<uuid:news_id>/told/", deaths.told_news, name="told_news"),
    path("news/<uuid:news_id>/withdraw/", deaths.withdraw_news, name="withdraw_news"),
]
