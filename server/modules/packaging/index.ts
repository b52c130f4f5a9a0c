export { exportPackage, type ExportParts } from './export-package.ts';
export { importPackage, type PackageImport, tryPackage } from './import-package.ts';
export type { Manifest } from './manifest.ts';
export { packageParts } from './package-parts.ts';
export { packagingRoutes } from './packaging.routes.ts';
export { type ExportRunner, makePackages } from './run-exports.ts';
