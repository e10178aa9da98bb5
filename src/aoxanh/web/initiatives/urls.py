"""Addresses of the pages about creative models."""

from django.urls import path

from aoxanh.web.initiatives import adoptions, files, phrases, proposing, registry, spread, waves

urlpatterns = [
    path("initiatives/", registry.index, name="initiatives"),
    path("initiatives/new/", proposing.new, name="initiative_new"),
    path("initiatives/portfolio/", spread.portfolio, name="portfolio"),
    path("initiatives/portfolio/table/", spread.table, name="portfolio_table"),
    path("initiatives/phrases/", phrases.index, name="phrases"),
    path("initiatives/phrases/<uuid:card_id>/sound/", phrases.sound, name="phrase_sound"),
    path("initiatives/phrases/<uuid:card_id>/withdraw/", phrases.withdraw, name="phrase_withdraw"),
    path("initiatives/duties/", adoptions.duties, name="joint_duties"),
    path("initiatives/duties/<uuid:duty_id>/count/", adoptions.count, name="joint_duty_count"),
    path("initiatives/adoptions/<uuid:adoption_id>/", adoptions.show, name="adoption"),
    path("initiatives/adoptions/<uuid:adoption_id>/<slug:what>/", adoptions.write, name="adoption_write"),
    path("initiatives/classes/<uuid:meeting_id>/later/", adoptions.later, name="class_later"),
    path("initiatives/rounds/<uuid:run_id>/came/", adoptions.came, name="round_came"),
    path("initiatives/materials/<uuid:material_id>/", files.material, name="material"),
    path("initiatives/materials/<uuid:material_id>/remove/", files.remove, name="material_remove"),
    path("initiatives/waves/<uuid:plan_id>/", waves.show, name="waves"),
    path("initiatives/waves/<uuid:plan_id>/table/", waves.table, name="waves_table"),
    path("initiatives/offers/<uuid:offer_id>/take/", waves.answer, {"said_yes": "take"}, name="offer_answer"),
    path(
        "initiatives/offers/<uuid:offer_id>/decline/",
        waves.answer,
        {"said_yes": "decline"},
        name="offer_answer",
    ),
    path("initiatives/<uuid:initiative_id>/candidates/", waves.candidates, name="candidates"),
    path(
        "initiatives/<uuid:initiative_id>/candidates/table/", waves.candidates_table, name="candidates_table"
    ),
    path("initiatives/<uuid:initiative_id>/spread/", spread.one, name="initiative_spread"),
    path("initiatives/<uuid:initiative_id>/spread/table/", spread.one_table, name="initiative_spread_table"),
    path("initiatives/<uuid:initiative_id>/waves/", waves.draw, name="waves_draw"),
    path("initiatives/<uuid:initiative_id>/", registry.show, name="initiative"),
    path("initiatives/<uuid:initiative_id>/edit/", proposing.edit, name="initiative_edit"),
    path("initiatives/<uuid:initiative_id>/decide/", proposing.decide, name="initiative_decide"),
    path("initiatives/<uuid:initiative_id>/merge/", proposing.merge, name="initiative_merge"),
    path("initiatives/<uuid:initiative_id>/adopt/", proposing.adopt, name="initiative_adopt"),
    path("initiatives/<uuid:initiative_id>/materials/", files.add, name="material_add"),
    path("initiatives/<uuid:initiative_id>/paper/", files.paper, name="initiative_paper"),
]
