from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint

class Migration(migrations.Migration):
    dependencies = [('models', '0003_invitation_name')]

    initial = False

    operations = [
        ops.RemoveConstraint(
            model_name='Evidence',
            name=None,
            fields=['version', 'sha256'],
        ),
        ops.AlterModelOptions(
            name='Evidence',
            options={'table': 'evidence', 'app': 'models', 'unique_together': (('message_id',),), 'indexes': [Index(fields=['state']), Index(fields=['version_id']), Index(fields=['unit_id', 'fiscal_year'])], 'pk_attr': 'id', 'table_description': 'A picture sent in a chat: on its way from LINE at first, then kept, and internal unless marked public.'},
        ),
        ops.AlterField(
            model_name='Evidence',
            name='version',
            field=fields.ForeignKeyField('models.ReportVersion', source_field='version_id', null=True, db_constraint=True, to_field='id', related_name='evidence', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Evidence',
            name='attempts',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Evidence',
            name='chat_id',
            field=fields.CharField(default='', max_length=33),
        ),
        ops.AddField(
            model_name='Evidence',
            name='created_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Evidence',
            name='fiscal_year',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Evidence',
            name='height',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Evidence',
            name='indicator',
            field=fields.ForeignKeyField('models.Indicator', source_field='indicator_id', null=True, db_constraint=True, to_field='id', related_name='evidence', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Evidence',
            name='quarter',
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name='Evidence',
            name='reason',
            field=fields.CharField(default='', max_length=16),
        ),
        ops.AddField(
            model_name='Evidence',
            name='state',
            field=fields.CharField(default='ready', max_length=16),
        ),
        ops.AddField(
            model_name='Evidence',
            name='thumbnail_path',
            field=fields.TextField(default='', unique=False),
        ),
        ops.AddField(
            model_name='Evidence',
            name='unit',
            field=fields.ForeignKeyField('models.Unit', source_field='unit_id', null=True, db_constraint=True, to_field='id', related_name='evidence', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Evidence',
            name='width',
            field=fields.IntField(default=0),
        ),
        ops.AddIndex(
            model_name='Evidence',
            index=Index(fields=['state']),
        ),
        ops.AddIndex(
            model_name='Evidence',
            index=Index(fields=['version_id']),
        ),
        ops.AddIndex(
            model_name='Evidence',
            index=Index(fields=['unit_id', 'fiscal_year']),
        ),
        ops.AddConstraint(
            model_name='Evidence',
            constraint=UniqueConstraint(fields=('message_id',), name=None),
        ),
    ]
