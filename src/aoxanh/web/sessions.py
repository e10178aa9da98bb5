"""Where sessions are kept: Django's own table and form, with the one statement that every page needs written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

_STATEMENT = (
    "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    """Django's store in the database; only how a session is found is ours, for the ORM spends more on asking than PostgreSQL."""

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            cursor.execute(_STATEMENT, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(session_key=self.session_key or "", session_data=row[0], expire_date=row[1])
