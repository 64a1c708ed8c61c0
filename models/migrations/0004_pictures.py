from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0003_invitation_name')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Picture',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('unit', fields.ForeignKeyField('models.Unit', source_field='unit_id', db_constraint=True, to_field='id', related_name='pictures', on_delete=OnDelete.RESTRICT)),
                ('indicator', fields.ForeignKeyField('models.Indicator', source_field='indicator_id', db_constraint=True, to_field='id', related_name='pictures', on_delete=OnDelete.RESTRICT)),
                ('fiscal_year', fields.IntField()),
                ('quarter', fields.IntField()),
                ('version', fields.ForeignKeyField('models.ReportVersion', source_field='version_id', null=True, db_constraint=True, to_field='id', related_name='pictures', on_delete=OnDelete.RESTRICT)),
                ('chat_id', fields.CharField(max_length=33)),
                ('message_id', fields.CharField(unique=True, max_length=64)),
                ('state', fields.CharField(max_length=16)),
                ('reason', fields.CharField(default='', max_length=16)),
                ('attempts', fields.IntField(default=0)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('content_type', fields.CharField(default='', max_length=64)),
                ('size', fields.IntField(default=0)),
                ('width', fields.IntField(default=0)),
                ('height', fields.IntField(default=0)),
                ('sha256', fields.CharField(default='', max_length=64)),
                ('path', fields.TextField(default='', unique=False)),
            ],
            options={'table': 'picture', 'app': 'models', 'indexes': [Index(fields=['state']), Index(fields=['version_id']), Index(fields=['unit_id', 'fiscal_year'])], 'pk_attr': 'id', 'table_description': 'A picture sent in a chat for a report: on its way from LINE at first, then kept. Evidence once it is submitted.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='Evidence',
            options={'table': 'evidence', 'app': 'models', 'unique_together': (('version', 'sha256'),), 'pk_attr': 'id', 'table_description': 'A picture sent with a version, internal unless marked public. Its id is that of the picture.'},
        ),
    ]
