"""Initiatives and their life, materials, copies, effects and the tools of the named models, with row security where work is told."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
COMMUNES = f"SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')})"
WITHIN = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    " OR {column} = ANY (" + SETTING.format("communes") + ")"
    " OR {column} IN (" + COMMUNES + ")"
)
# What was recognised is everybody's; before, it is its place's: of a commune, or of a province.
OF_INITIATIVES = (
    "is_public OR place_id = ANY (" + SETTING.format("provinces") + ") OR " + WITHIN.format(column="place_id")
)
CONDITIONS = {
    "initiatives_initiative": OF_INITIATIVES,
    "initiatives_classmeeting": WITHIN.format(column="commune_id"),
    "initiatives_outreachrun": WITHIN.format(column="commune_id"),
    "initiatives_jointduty": WITHIN.format(column="commune_id"),
}


def _protect(table: str, condition: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({condition}) WITH CHECK ({condition});"
    )


def _unprotect(table: str) -> str:
    return (
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('one_to_one', 'one to one'), ('interpreter', 'technology interpreter'), ('literacy', 'digital literacy classes'), ('loudspeaker', 'loudspeaker outreach'), ('joint_duty', 'youth and police in pairs'), ('rapid_team', 'technology rescue team'), ('door_to_door', 'from door to door'), ('mobile_centre', 'mobile service centre'), ('saturday', 'volunteer Saturday'), ('area_branch', 'a Union branch for each area'), ('it_students', 'mobile team of IT students'), ('tech_clinic', 'technology clinic'), ('peak_days', 'peak days'), ('handbook', 'handbooks, infographics and QR codes'), ('other', 'another kind')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(db_comment='Checked for personal data, as all texts here', max_length=120, verbose_name='title')),
                ('problem', models.CharField(max_length=1500, verbose_name='the problem')),
                ('steps', models.CharField(db_comment='A line for each step', max_length=4000, verbose_name='what was done, step by step')),
                ('where', models.CharField(blank=True, default='', max_length=160, verbose_name='where')),
                ('first_day', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('people', models.JSONField(db_comment='How many of each role took part', default=dict)),
                ('cost_vnd', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='cost in đồng')),
                ('equipment', models.CharField(blank=True, default='', max_length=500, verbose_name='equipment')),
                ('result', models.CharField(blank=True, default='', max_length=1000, verbose_name='before and after')),
                ('conditions', models.CharField(blank=True, default='', max_length=1500, verbose_name='what it takes to copy it')),
                ('limits', models.CharField(blank=True, default='', max_length=1500, verbose_name='limits and failures')),
                ('source', models.CharField(blank=True, default='', max_length=300, verbose_name='source')),
                ('english', models.JSONField(db_comment='The texts in English, for entries that come with the product', default=dict)),
                ('origin', models.CharField(choices=[('phone', 'field app'), ('page', 'website'), ('press', 'press')], max_length=8)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('returned', 'sent back'), ('confirmed', 'confirmed by the commune'), ('reviewed', 'reviewed by the province'), ('described', 'described from the press'), ('recognised', 'recognised'), ('replicated', 'replicated'), ('retired', 'retired'), ('merged', 'merged into another')], max_length=12)),
                ('is_public', models.BooleanField(db_comment='Everybody signed in may read it', default=False)),
                ('fold', models.TextField(db_comment='Title, kind and texts, lower-case without diacritics, for search', default='')),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('changed_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='initiatives.initiative')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('adapted', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=1000, verbose_name='what was adapted')),
                ('stopped_why', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=500)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('initiative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['first_day', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('indicator', models.CharField(max_length=32)),
                ('grade', models.CharField(choices=[('proven', 'proven'), ('promising', 'promising, not yet proven'), ('none', 'no effect seen'), ('harmful', 'harmful'), ('too_little', 'too little to say'), ('not_replicated', 'did not replicate')], max_length=16)),
                ('estimate', models.FloatField(null=True)),
                ('low', models.FloatField(db_comment='An end of the interval', null=True)),
                ('high', models.FloatField(db_comment='An end of the interval', null=True)),
                ('adopters', models.PositiveIntegerField(db_comment='Communes that adopted it and were counted')),
                ('comparisons', models.PositiveIntegerField(db_comment='Communes they were compared with')),
                ('sentence_vi', models.CharField(max_length=400)),
                ('sentence_en', models.CharField(max_length=400)),
                ('points', models.JSONField(db_comment='Of the plot: period since adoption, estimate, low, high', default=list)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('measured_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('initiative', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='initiatives.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('confirm', 'confirmed by the commune'), ('review', 'reviewed by the province'), ('recognise', 'recognised'), ('replicate', 'first copied elsewhere'), ('send_back', 'sent back'), ('hand_in', 'handed in again'), ('retire', 'retired'), ('merge', 'merged into another')], max_length=10)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('returned', 'sent back'), ('confirmed', 'confirmed by the commune'), ('reviewed', 'reviewed by the province'), ('described', 'described from the press'), ('recognised', 'recognised'), ('replicated', 'replicated'), ('retired', 'retired'), ('merged', 'merged into another')], db_comment='The state it led to', max_length=12)),
                ('reason', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=1000)),
                ('role', models.CharField(blank=True, choices=[('volunteer', 'volunteer'), ('team_leader', 'team leader'), ('commune_secretary', 'commune Union secretary'), ('pasc_official', 'service-centre official'), ('police_contact', 'contact of the commune police'), ('province_coordinator', 'province coordinator'), ('central', 'central coordinator'), ('auditor', 'auditor')], default='', max_length=24)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('place', models.ForeignKey(db_comment='Where the role is held', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointDuty',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('half', models.CharField(choices=[('am', 'morning'), ('pm', 'afternoon')], max_length=2, verbose_name='half of the day')),
                ('volunteers', models.PositiveSmallIntegerField(verbose_name='volunteers')),
                ('police', models.PositiveSmallIntegerField(verbose_name='police officers')),
                ('waited', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes that people waited')),
                ('activations', models.PositiveSmallIntegerField(db_comment='VNeID level 2, activated by the police and counted by them alone', null=True)),
                ('counted_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('adoption', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='initiatives.adoption')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-day', 'half'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('text', 'text or script'), ('link', 'link'), ('pdf', 'document (PDF)'), ('sound', 'sound clip')], max_length=8)),
                ('title', models.CharField(db_comment='Checked for personal data', max_length=120)),
                ('text', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=4000)),
                ('link', models.CharField(blank=True, default='', max_length=300)),
                ('content', models.BinaryField(db_comment='A file of at most 1,000,000 bytes, of a type that its first bytes show', null=True)),
                ('content_type', models.CharField(blank=True, default='', max_length=40)),
                ('consent', models.CharField(blank=True, db_comment='How whoever is heard agreed; of the paper, never a name', default='', max_length=200)),
                ('looked_through', models.BooleanField(db_comment="Who added the file says that it shows nobody's data", default=False)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OutreachRun',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('route', models.CharField(db_comment='Checked for personal data', max_length=300, verbose_name='route')),
                ('script', models.CharField(db_comment='Checked for personal data', max_length=1500, verbose_name='script')),
                ('seconds', models.PositiveSmallIntegerField(db_comment='How long the script takes to say once')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes on the road')),
                ('came', models.PositiveSmallIntegerField(db_comment='People who came to the point within 7 days and named it', null=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='initiatives.adoption')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.language')),
            ],
            options={
                'ordering': ['-day', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PhraseCard',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('text_vi', models.CharField(db_comment='Checked for personal data', max_length=300, verbose_name='in Vietnamese')),
                ('text', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=400, verbose_name='in the language')),
                ('sound', models.BinaryField(db_comment='At most 300,000 bytes, of a type that its first bytes show', null=True)),
                ('sound_type', models.CharField(blank=True, default='', max_length=40)),
                ('consent', models.CharField(blank=True, db_comment='How whoever speaks agreed; of the paper, never a name', default='', max_length=200)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_comment='Which commune added it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.language')),
            ],
            options={
                'ordering': ['language', 'text_vi', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ClassMeeting',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('spot', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=120, verbose_name='where')),
                ('task', models.CharField(choices=[('sign_in', 'sign in to the National Service Portal'), ('look_up', 'look up where a dossier stands'), ('vneid', 'open VNeID and show a paper in it'), ('submit', 'send in a simple dossier'), ('pay', 'pay a fee online'), ('scam', 'tell a fraud call from a real one')], max_length=8, verbose_name='task')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('learners', models.PositiveSmallIntegerField(verbose_name='learners')),
                ('could_before', models.PositiveSmallIntegerField(verbose_name='could do it before, without help')),
                ('could_after', models.PositiveSmallIntegerField(verbose_name='could do it at the end, without help')),
                ('asked_later', models.PositiveSmallIntegerField(db_comment='How many were asked 30 days later', null=True)),
                ('could_later', models.PositiveSmallIntegerField(db_comment='How many of those could still do it', null=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='initiatives.adoption')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-day', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('could_after__lte', models.F('learners')), ('could_before__lte', models.F('learners'))), name='classmeeting_counts'), models.CheckConstraint(condition=models.Q(models.Q(('asked_later', None), ('could_later', None)), models.Q(('asked_later__lte', models.F('learners')), ('could_later__lte', models.F('asked_later'))), _connector='OR'), name='classmeeting_later')],
            },
        ),
        migrations.CreateModel(
            name='FidelityCheck',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('marks', models.JSONField(db_comment='2 yes, 1 in part, 0 no, by item')),
                ('note', models.CharField(blank=True, db_comment='Checked for personal data', default='', max_length=500)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('adoption', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='initiatives.adoption')),
            ],
            options={
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('adoption', 'day'), name='fidelitycheck_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='proposal', serialize=False, to='initiatives.initiative')),
                ('made_at', models.DateTimeField(db_comment="The phone's clock, or the server's", default=aoxanh.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['place', 'state'], name='initiative_in_place'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('last_day', None), ('first_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='initiative_days'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='initiative_merged'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('initiative', 'indicator'), name='effect_once'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high__gte', models.F('estimate')), ('low__lte', models.F('estimate'))), models.Q(('estimate', None), ('high', None), ('low', None)), _connector='OR'), name='effect_interval'),
        ),
        migrations.AddIndex(
            model_name='adoption',
            index=models.Index(fields=['initiative', 'first_day'], name='adoption_of_initiative'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(condition=models.Q(('last_day', None)), fields=('initiative', 'commune'), name='adoption_running_once'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('last_day', None), ('stopped_why', '')), models.Q(('last_day__gte', models.F('first_day')), models.Q(('stopped_why', ''), _negated=True)), _connector='OR'), name='adoption_stopped'),
        ),
        migrations.AddConstraint(
            model_name='jointduty',
            constraint=models.UniqueConstraint(fields=('adoption', 'day', 'half'), name='jointduty_once'),
        ),
        migrations.AddConstraint(
            model_name='jointduty',
            constraint=models.CheckConstraint(condition=models.Q(('police__gte', 1), ('volunteers__gte', 1)), name='jointduty_of_two_organisations'),
        ),
        migrations.AddConstraint(
            model_name='jointduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activations', None), ('counted_at', None)), models.Q(('activations__isnull', False), ('counted_at__isnull', False)), _connector='OR'), name='jointduty_counted'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('form__in', ['text', 'link'])), models.Q(('content__isnull', False), ('form__in', ['pdf', 'sound']), ('looked_through', True)), _connector='OR'), name='material_content'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form', 'sound'), _negated=True), models.Q(('consent', ''), _negated=True), _connector='OR'), name='material_consent'),
        ),
        migrations.AddConstraint(
            model_name='phrasecard',
            constraint=models.CheckConstraint(condition=models.Q(('sound', None), models.Q(('consent', ''), _negated=True), _connector='OR'), name='phrasecard_consent'),
        ),
        migrations.AddConstraint(
            model_name='phrasecard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('sound__isnull', False), _connector='OR'), name='phrasecard_says'),
        ),
        *(migrations.RunSQL(_protect(table, condition), _unprotect(table)) for table, condition in CONDITIONS.items()),
    ]
