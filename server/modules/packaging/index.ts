export { exportPackage } from './export-package.ts';
export { importPackage, type PackageImport, requireNoImport, tryPackage } from './import-package.ts';
export type { Manifest } from './manifest.ts';
export { recordExport } from './record-export.ts';
export { packagingRoutes } from './packaging.routes.ts';
export { makePackages } from './run-exports.ts';
