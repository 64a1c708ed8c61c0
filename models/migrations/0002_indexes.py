from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0001_initial')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='AuditEntry',
            index=Index(fields=['actor_id']),
        ),
        ops.AddIndex(
            model_name='Draft',
            index=Index(fields=['begun_by_id']),
        ),
        ops.AddIndex(
            model_name='Draft',
            index=Index(fields=['holder_id']),
        ),
        ops.AddIndex(
            model_name='Report',
            index=Index(fields=['indicator_id', 'fiscal_year']),
        ),
        ops.AddIndex(
            model_name='Unit',
            index=Index(fields=['parent_id']),
        ),
    ]
