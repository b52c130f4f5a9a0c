/** What the library announces. Payloads hold ids; tags name what changed. */
export const libraryEvents = {
  /** A signed revision entered the library (入库) and has its index number. */
  accessioned: 'library.revision-accessioned',
  /** A revision became what citizens see. */
  released: 'library.revision-released',
  /** Nothing of the resource is to be seen any more: withdrawn or expired. */
  removed: 'library.resource-removed',
  /** Terms that classify resources are called otherwise, or stand elsewhere. */
  relabelled: 'library.resources-relabelled',
  /** The validity of a document changed without a new text of it. */
  ruled: 'library.validity-ruled',
  /** Another unit answers for resources from now on; what they say did not change. */
  handedOver: 'library.resources-handed-over',
} as const;

export const resourceTag = (id: string): string => `resource:${id}`;
/** Others that name this resource: one came, changed what it names, or left. */
export const namedTag = (id: string): string => `named:${id}`;
