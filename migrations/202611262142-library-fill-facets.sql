-- Resources that were written before the columns were there.
update library.resource as resource set
  open_mode = nullif(revision.content ->> 'openMode', ''),
  validity = nullif(revision.content ->> 'validity', ''),
  year = substr(coalesce(nullif(revision.content ->> 'writtenOn', ''), nullif(revision.content ->> 'producedOn', '')), 1, 4)::smallint
from library.revision as revision where revision.id = resource.head_revision_id;
