"""Addresses of the assistant's human loop."""

from django.urls import path

from aoxanh.web.assistant.loop import aliases, answers, asked, flags, questions

urlpatterns = [
    path("assistant/flags/", flags.own, name="assistant_flags"),
    path("assistant/review/", flags.index, name="review_flags"),
    path("assistant/review/flags/answer/", flags.answer, name="review_flags_answer"),
    path("assistant/review/questions/", questions.index, name="review_questions"),
    path("assistant/review/questions/close/", questions.close, name="review_questions_close"),
    path("assistant/review/aliases/", aliases.index, name="review_aliases"),
    path("assistant/review/aliases/<uuid:proposal_id>/", aliases.decide, name="review_alias_decide"),
    path("assistant/review/answers/", answers.index, name="review_answers"),
    path("assistant/review/answers/new/", answers.new, name="review_answer_new"),
    path(
        "assistant/review/answers/<uuid:answer_id>/withdraw/", answers.withdraw, name="review_answer_withdraw"
    ),
    path("assistant/review/answers/<str:code>/<str:slot>/", answers.edit, name="review_answer"),
    path("assistant/asked/", asked.board, name="asked"),
    path("assistant/asked/table.<str:form>", asked.table, name="asked_table"),
]
