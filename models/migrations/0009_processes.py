from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0008_reminders')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PartitionLease',
            fields=[
                ('id', fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ('owner', fields.CharField(default='', max_length=36)),
                ('until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'partition_lease', 'app': 'models', 'pk_attr': 'id', 'table_description': 'Whose the chats of one partition (its id, 0 to 63: `bot.queue.partitions`) are, and until when.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Process',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)),
                ('seen_until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'process', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A process that answers people while several share the work, dead once `seen_until` is over.'},
            bases=['Model'],
        ),
    ]
