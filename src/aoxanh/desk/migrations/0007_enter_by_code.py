"""How much one person enters a day by citizens' codes, and on which day a case came back."""

from django.db import migrations, models


SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_code = ANY ({SETTING.format('communes')})"
    f" OR commune_code IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)


def protect(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({CONDITION}) WITH CHECK ({CONDITION});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_ledger"), ("places", "0001_first_tables")]
    operations = [
        migrations.AddField(
            model_name="casereturned",
            name="happened_on",
            field=models.DateField(
                db_comment="Day on which it came back, at most 30 after the help", null=True
            ),
        ),
        migrations.CreateModel(
            name="EntryCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "commune_code",
                        "day",
                        "account_id",
                        "kind",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("commune_code", models.CharField(max_length=5)),
                ("day", models.DateField(db_comment="Vietnam day on which it was entered")),
                ("account_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("slip", "Slip"),
                            ("callback", "Callback"),
                            ("return", "Return"),
                            ("check", "Check"),
                        ],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["account_id", "day"], name="entrycount_account")],
            },
        ),
        protect("desk_entrycount"),
    ]
