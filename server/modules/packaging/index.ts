export { exportPackage } from './export-package.ts';
export { importPackage, type PackageImport, requireNoHalfImport, tryPackage } from './import-package.ts';
export type { Manifest } from './manifest.ts';
export { packagingRoutes } from './packaging.routes.ts';
export { makePackages } from './run-exports.ts';
