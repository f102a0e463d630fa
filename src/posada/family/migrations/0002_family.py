# By hand: each new model whole and all of them at once, so that a site is made quickly. A later change is a migration of its own.

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from posada.ground.at_once import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_protection'),
        ('family', '0001_initial'),
        ('people', '0002_protection'),
        ('records', '0002_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='founddecision',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried', to='family.founddecision'),
        ),
        migrations.AddField(
            model_name='founddecision',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='founddecision',
            name='words',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='withdrawn',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='refused_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='tracingrequest',
            name='together',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='watchcard',
            name='reach_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='watchcard',
            name='reach_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='watchcard',
            name='step_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='tracingrequest',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('tracing', 'Tracing'), ('verified', 'Verified'), ('contact', 'In Contact'), ('closed', 'Closed')], default='open', max_length=8),
        ),
        CreateModels(
            operations=[
                migrations.CreateModel(
                    name='CallOffer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('offered_on', models.DateField()),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='call_offer', to='people.person')),
                    ],
                ),
                migrations.CreateModel(
                    name='Enquiry',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('state', models.CharField(choices=[('unread', 'Unread'), ('read', 'Read'), ('opened', 'Opened'), ('refused', 'Refused')], default='unread', max_length=8)),
                        ('received_on', models.DateField()),
                        ('decided_on', models.DateField(null=True)),
                        ('why', models.CharField(blank=True, choices=[('fishing', 'Fishing'), ('notfam', 'Not Family'), ('no_way', 'No Way'), ('unclear', 'Unclear')], max_length=8)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='family.tracingrequest')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                ),
                migrations.CreateModel(
                    name='HandOver',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('agreed', 'agreed to, not yet handed over'), ('handed', 'handed over, no answer yet'), ('accepted', 'accepted'), ('refused', 'refused'), ('done', 'done'), ('stopped', 'stopped: the one who asks took their yes back')], default='agreed', max_length=8)),
                        ('agreed_on', models.DateField()),
                        ('handed_on', models.DateField(null=True)),
                        ('answered_on', models.DateField(null=True)),
                        ('done_on', models.DateField(null=True)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='family.tracingrequest')),
                    ],
                ),
                migrations.CreateModel(
                    name='HarmNote',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('noted_on', models.DateField()),
                        ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='harms', to='family.watchcard')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                ),
                migrations.CreateModel(
                    name='HousePhone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tag', models.PositiveSmallIntegerField()),
                        ('kind', models.CharField(choices=[('phone', 'Phone'), ('charger', 'Charger'), ('headset', 'Headset')], default='phone', max_length=8)),
                        ('state', models.CharField(choices=[('ready', 'Ready'), ('to_clear', 'To Clear'), ('broken', 'Broken'), ('lost', 'Lost'), ('away', 'Away')], default='ready', max_length=8)),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('site', 'tag'), name='one_thing_per_tag')],
                    },
                ),
                migrations.CreateModel(
                    name='CallSlot',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('day', models.DateField()),
                        ('quarter', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('given', 'Given'), ('done', 'Done'), ('no_answer', 'No Answer'), ('not_come', 'Not Come')], default='given', max_length=9)),
                        ('held_back', models.BooleanField(default=False)),
                        ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='call_slots', to='family.watchcard')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_slots', to='people.person')),
                        ('thing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='family.housephone')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('thing', 'day', 'quarter'), name='one_call_per_slot'), models.UniqueConstraint(fields=('person', 'day', 'quarter'), name='one_slot_per_person_at_a_time'), models.CheckConstraint(condition=models.Q(('quarter__lte', 95)), name='a_quarter_of_the_day')],
                    },
                ),
                migrations.CreateModel(
                    name='InContact',
                    fields=[
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact_made', serialize=False, to='family.tracingrequest')),
                        ('since', models.DateField()),
                        ('ask_on', models.DateField()),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='family.founddecision')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                ),
                migrations.CreateModel(
                    name='KinCheck',
                    fields=[
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kin_check', serialize=False, to='family.proposal')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('direction', models.CharField(choices=[('out', 'out'), ('in', 'in')], max_length=3)),
                        ('kind', models.CharField(choices=[('sentences', 'sentences'), ('letter', 'letter'), ('voice', 'voice')], max_length=9)),
                        ('way', models.CharField(blank=True, choices=[('whatsapp', 'whatsapp'), ('voice_note', 'voice_note'), ('sms', 'sms'), ('call', 'call'), ('paper', 'paper')], max_length=10)),
                        ('state', models.CharField(choices=[('prepared', 'prepared'), ('sent', 'sent'), ('failed', 'failed'), ('delivered', 'delivered'), ('read', 'read'), ('given_up', 'given_up'), ('noted', 'noted'), ('told', 'told')], max_length=9)),
                        ('reason', models.CharField(blank=True, choices=[('no_answer', 'no_answer'), ('no_signal', 'no_signal'), ('wrong_number', 'wrong_number'), ('somebody_else', 'somebody_else'), ('blocked', 'blocked'), ('came_back', 'came_back'), ('other', 'other')], max_length=13)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('written_on', models.DateField()),
                        ('sent_on', models.DateField(null=True)),
                        ('ended_on', models.DateField(null=True)),
                        ('sequence', models.PositiveIntegerField(default=1)),
                        ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='family.watchcard')),
                        ('log', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['site', 'state'], name='family_message_state')],
                        'constraints': [models.UniqueConstraint(fields=('site', 'number'), name='family_message_number')],
                    },
                ),
                migrations.CreateModel(
                    name='NotMissing',
                    fields=[
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='not_missing', serialize=False, to='people.person')),
                        ('said_on', models.DateField()),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                ),
                migrations.CreateModel(
                    name='PhoneLoan',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('from_on', models.DateField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phone_loans', to='people.person')),
                        ('thing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='loan', to='family.housephone')),
                    ],
                ),
                migrations.CreateModel(
                    name='Placeholder',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('state', models.CharField(choices=[('open', 'Open'), ('tracing', 'Tracing'), ('verified', 'Verified'), ('contact', 'In Contact'), ('closed', 'Closed')], max_length=8)),
                        ('opened_on', models.DateField()),
                        ('expired_on', models.DateField()),
                        ('wiped_on', models.DateField()),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                ),
                migrations.CreateModel(
                    name='Press',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('raised', models.BooleanField(default=False)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('resident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='press', to='people.person')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('state', models.CharField(choices=[('asked', 'asked'), ('accepted', 'accepted'), ('refused', 'refused'), ('done', 'done'), ('withdrawn', 'withdrawn')], default='asked', max_length=9)),
                        ('asked_on', models.DateField()),
                        ('answered_on', models.DateField(null=True)),
                        ('ended_on', models.DateField(null=True)),
                        ('sequence', models.PositiveIntegerField(default=1)),
                        ('consent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('harm', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='family.harmnote')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                        ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('told', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                ),
                migrations.CreateModel(
                    name='RelativePage',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('opened', 'Opened'), ('expired', 'Expired'), ('closed', 'Closed'), ('tries', 'Tries')], default='waiting', max_length=8)),
                        ('code', models.CharField(db_index=True, max_length=64)),
                        ('word', models.CharField(max_length=64)),
                        ('ticket', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('expires_hour', models.PositiveIntegerField()),
                        ('prepared_on', models.DateField()),
                        ('ended_on', models.DateField(null=True)),
                        ('is_seen', models.BooleanField(default=False)),
                        ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='family.watchcard')),
                        ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('reply', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                ),
                migrations.CreateModel(
                    name='Release',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('version', models.PositiveIntegerField()),
                        ('state', models.CharField(choices=[('to_tell', 'To Tell'), ('told', 'Told'), ('stopped', 'Stopped')], default='to_tell', max_length=7)),
                        ('agreed_on', models.DateField()),
                        ('opened', models.BooleanField(default=False)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('told_on', models.DateField(null=True)),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='family.founddecision')),
                        ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('decision', 'version'), name='one_release_per_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Renewal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('renewed_on', models.DateField()),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renewals', to='family.tracingrequest')),
                    ],
                ),
                migrations.CreateModel(
                    name='ResidentTies',
                    fields=[
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kin_ties', serialize=False, to='people.person')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                ),
                migrations.CreateModel(
                    name='CallerNote',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('noted_on', models.DateField()),
                        ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='false_calls', to='family.watchcard')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['site', 'noted_on'], name='family_caller_noted')],
                    },
                ),
                migrations.CreateModel(
                    name='ChargingTicket',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ticket', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charging_tickets', to='people.person')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('site', 'ticket'), name='one_phone_per_ticket')],
                    },
                ),
                migrations.CreateModel(
                    name='ColleagueQuestion',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('asked_on', models.DateField()),
                        ('answered_on', models.DateField(null=True)),
                        ('seen', models.BooleanField(default=False)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='family.proposal')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True)), fields=('proposal', 'asked_by', 'asked_of'), name='one_open_question_per_colleague')],
                    },
                ),
                migrations.CreateModel(
                    name='DeathNews',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('noted', 'noted'), ('confirmed', 'confirmed'), ('told', 'told'), ('withdrawn', 'withdrawn')], default='noted', max_length=9)),
                        ('noted_on', models.DateField()),
                        ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='family.watchcard')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sealedrecord')),
                        ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='family.tracingrequest')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('card__isnull', False), ('person__isnull', True), ('request__isnull', True)), models.Q(('card__isnull', True), ('person__isnull', True), ('request__isnull', False)), models.Q(('card__isnull', True), ('person__isnull', False), ('request__isnull', True)), _connector='OR'), name='family_news_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='DoorUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('door', models.CharField(choices=[('page', 'Page'), ('ask', 'Ask')], max_length=4)),
                        ('on', models.DateField()),
                        ('hour', models.PositiveSmallIntegerField()),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('refused', models.PositiveIntegerField(default=0)),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='accounts.site')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('site', 'door', 'on', 'hour'), name='one_use_per_door_and_hour')],
                    },
                ),
                migrations.CreateModel(
                    name='Freeze',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('since', models.DateField()),
                        ('ended_on', models.DateField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('resident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='freezes', to='people.person')),
                        ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.site')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['site', 'ended_on'], name='family_freeze_open')],
                    },
                ),
            ],
        ),
    ]
