"""/metrics: what the parts of this process have counted, and what the database and LINE say, in Prometheus's format.

A part counts for itself, in plain numbers (`collections.Counter`, `bot.durations.Durations`), and knows nothing of
Prometheus; `bot.metrics.figures` gives these numbers their names when somebody asks. So counting costs next to nothing,
and a process shows the parts it has.
"""
