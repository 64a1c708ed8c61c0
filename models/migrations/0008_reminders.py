from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class _AddColumn(ops.AddField):
    """A plain column that goes as it came. Tortoise would rebuild SQLite's table on the way down, without its keys."""

    async def database_backward(self, app_label, old_state, new_state, state_editor=None):
        if state_editor:
            table = old_state.apps.get_model(f'{app_label}.{self.model_name}')._meta.db_table
            await state_editor.client.execute_query(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')


class Migration(migrations.Migration):
    dependencies = [('models', '0007_review')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Holiday',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('day', fields.DateField(unique=True)),
                ('name', fields.CharField(default='', max_length=300)),
                ('working', fields.BooleanField(default=False)),
            ],
            options={'table': 'holiday', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A day that the calendar of public holidays does not know, or on which people work all the same.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Notice',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='notices', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=32)),
                ('subject', fields.CharField(default='', max_length=64)),
                ('data', fields.JSONField(default=dict, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ('urgent', fields.BooleanField(default=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('last_day', fields.DateField(null=True)),
                ('told_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'notice', 'app': 'models', 'indexes': [Index(fields=['person_id', 'told_at']), Index(fields=['told_at'])], 'pk_attr': 'id', 'table_description': 'Something a person is to hear: with the next answer, which is free, or as a push where it cannot wait.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Reminder',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('person', fields.ForeignKeyField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='reminders', on_delete=OnDelete.RESTRICT)),
                ('day', fields.DateField()),
                ('state', fields.CharField(max_length=16)),
                ('message_id', fields.UUIDField(null=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'reminder', 'app': 'models', 'unique_together': (('person', 'day'),), 'indexes': [Index(fields=['message_id']), Index(fields=['day'])], 'pk_attr': 'id', 'table_description': 'That a person was reminded on a day, or would have been. One a person and day.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ReminderPause',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('person', fields.OneToOneField('models.Person', source_field='person_id', db_constraint=True, to_field='id', related_name='reminder_pause', on_delete=OnDelete.RESTRICT)),
                ('snoozed_to', fields.DateField(null=True)),
                ('stopped_fiscal_year', fields.IntField(null=True)),
                ('stopped_quarter', fields.IntField(null=True)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'reminder_pause', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That a person asked for reminders later, or for none about a quarter (and those before it).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ScheduleRun',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=32)),
                ('due_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('fired_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'schedule_run', 'app': 'models', 'unique_together': (('name', 'due_at'),), 'pk_attr': 'id', 'table_description': 'That a schedule fired for a moment. Written with what it did, so it happens once however many processes look.'},
            bases=['Model'],
        ),
        _AddColumn(
            model_name='OutgoingMessage',
            name='send_by',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        _AddColumn(
            model_name='Round',
            name='reminders',
            field=fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads),
        ),
    ]
