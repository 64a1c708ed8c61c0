from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0004_pictures')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Invitation',
            name='acting_for',
            field=fields.ForeignKeyField('models.Person', source_field='acting_for_id', null=True, db_constraint=True, to_field='id', related_name='deputy_invitations', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Invitation',
            name='valid_to',
            field=fields.DateField(null=True),
        ),
    ]
