"""Long work (作业): asked for by a person, done by a worker in chunks, shown, cancelled, resumed.

One row a job, whatever its kind. Public: ``kinds.register`` (each room registers its kinds when it
starts), ``asking.ask`` and ``asking.cancel``, ``running.run`` (a worker calls it), ``pages`` and
the part ``parts/job.html`` of a page that shows one.
"""
