"""The human loop: approved answers, flags, questions without an answer, citizens' words, and counts, with row security by commune."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR {{column}} = ANY ({SETTING.format('communes')})"
    f" OR {{column}} IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)
PROTECTED = {
    "assistant_flag": "commune_id",
    "assistant_unansweredquestion": "commune_id",
    "assistant_askedcount": "commune_code",
}


def protect(table: str, column: str) -> migrations.RunSQL:
    condition = CONDITION.format(column=column)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('assistant', '0001_language_model'),
        ('people', '0006_keep_guardian_consents'),
        ('places', '0001_first_tables'),
        ('procedures', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedCount',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'day', 'kind', 'topic', 'slot', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('kind', models.CharField(db_comment='As in replies.Kind', max_length=8)),
                ('topic', models.CharField(db_comment='Code of the procedure; the rule where something was refused', default='', max_length=40)),
                ('slot', models.CharField(db_comment='As in replies.Slot', default='', max_length=8)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='AliasProposal',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('text', models.CharField(db_comment='Checked for personal data', max_length=80)),
                ('fold', models.CharField(db_comment='Its words as the index has them', max_length=80)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('declined', 'declined')], default='proposed', max_length=9)),
                ('from_questions', models.PositiveIntegerField(db_comment='How many questions it was taken from; 0 when a person thought of it', default=0)),
                ('proposed_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(db_comment='Province or nation whose searches it is for', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('procedure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('procedure', 'fold', 'place'), name='aliasproposal_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='aliasproposal_decided')],
            },
        ),
        migrations.CreateModel(
            name='ApprovedAnswer',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('slot', models.CharField(choices=[('fee', 'how much it costs'), ('time', 'how long it takes'), ('place', 'where to hand it in'), ('papers', 'which papers are needed'), ('online', 'whether it can be done online'), ('steps', 'how it is done'), ('who', 'who decides it'), ('legal', 'which law it follows')], max_length=8)),
                ('number', models.PositiveIntegerField(db_comment='1, 2, 3 ... within place, procedure and slot')),
                ('text_vi', models.CharField(db_comment='Checked for personal data', max_length=600)),
                ('text_en', models.CharField(blank=True, default='', max_length=600)),
                ('office', models.CharField(db_comment='Who answers for it, as text: an office, never a person', max_length=120)),
                ('approved_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('ended_at', models.DateTimeField(db_comment='Replaced by the next one, or withdrawn', null=True)),
                ('place', models.ForeignKey(db_comment='A province, or the nation', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('procedure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure')),
                ('version', models.ForeignKey(db_comment='The card it was read beside', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('procedure', 'slot', 'place', 'number'), name='approvedanswer_number'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('procedure', 'slot', 'place'), name='approvedanswer_one_stands')],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7 made where it was told', primary_key=True, serialize=False)),
                ('slot', models.CharField(choices=[('fee', 'how much it costs'), ('time', 'how long it takes'), ('place', 'where to hand it in'), ('papers', 'which papers are needed'), ('online', 'whether it can be done online'), ('steps', 'how it is done'), ('who', 'who decides it'), ('legal', 'which law it follows')], max_length=8)),
                ('approved', models.PositiveIntegerField(db_comment="Number of the approved answer that was shown; 0 for the card's own words", default=0)),
                ('reason', models.CharField(choices=[('old', 'it is out of date'), ('figure', 'a fee, a time or a number is wrong'), ('place', 'the place or office is wrong'), ('missing', 'something is missing'), ('unclear', 'people do not understand it'), ('other', 'something else')], max_length=8)),
                ('note', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=300)),
                ('made_at', models.DateTimeField(db_comment="The phone's clock")),
                ('received_at', models.DateTimeField(db_comment="The server's clock", default=aoxanh.kernel.clock.now)),
                ('outcome', models.CharField(blank=True, choices=[('corrected', 'the answer was corrected'), ('card', 'the procedure’s card is being corrected'), ('right', 'the answer is right as it stands'), ('passed_on', 'passed on to the office in charge')], default='', max_length=12)),
                ('answer', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_comment='Where the volunteer serves', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('procedure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure')),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'answered_at'], name='flag_in_commune')],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'version', 'slot', 'approved'), name='flag_once'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('outcome', '')), models.Q(('answered_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='flag_answered')],
            },
        ),
        migrations.CreateModel(
            name='UnansweredQuestion',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7 made where it was asked', primary_key=True, serialize=False)),
                ('text', models.CharField(db_comment='Checked for personal data', max_length=300)),
                ('why', models.CharField(choices=[('outside', 'no card speaks of it'), ('none', 'none of the offered procedures')], max_length=8)),
                ('offered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), db_comment='Codes that were shown and declined', default=list, size=10)),
                ('sent_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('outcome', models.CharField(blank=True, choices=[('alias', 'people’s words were added to a procedure'), ('card', 'a card answers it now'), ('approved', 'an approved answer says it now'), ('not_ours', 'not a matter of ours')], default='', max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('procedure', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'closed_at'], name='question_in_commune')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='question_closed')],
            },
        ),
        *(protect(table, column) for table, column in PROTECTED.items()),
    ]
