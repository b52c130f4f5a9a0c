import { defineCommand } from '../../platform/context.ts';
import type { Manifest } from './manifest.ts';

/** Leaves in the record that a package was taken out beside the console, by whom and of what. */
export const recordExport = defineCommand(
  'packaging.export-package',
  ({ manifest: { sha256, selection }, path }: { readonly manifest: Manifest; readonly path: string }) => ({
    kind: 'package',
    id: sha256,
    details: { selection, path },
  }),
  () => Promise.resolve(),
);
