-- Resources that were written before the column was there.
update library.resource as resource set document_number = revision.content ->> 'documentNumber'
from library.revision as revision
where revision.id = resource.head_revision_id and revision.content ->> 'documentNumber' is not null;
