import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

import { Closed } from '../../../contracts/endpoint.ts';
import { PackageSelection } from '../../../contracts/packaging.ts';
import { AppError } from '../../platform/errors.ts';

export const packageFormat = 'jiyue-package';
export const packageVersion = 1;

const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Amount = Type.Integer({ minimum: 0 });

export const ManifestPart = Closed({
  name: Type.String(),
  path: Type.String(),
  rows: Amount,
  bytes: Amount,
  sha256: Digest,
});
export type ManifestPart = Static<typeof ManifestPart>;

export const Manifest = Closed({
  format: Type.Literal(packageFormat),
  version: Type.Literal(packageVersion),
  /** Where it comes from. */
  instance: Closed({
    program: Type.String(),
    version: Type.String(),
    name: Type.Union([Type.String(), Type.Null()]),
  }),
  /** Of the snapshot. */
  instant: Type.String(),
  selection: PackageSelection,
  parts: Type.Array(ManifestPart),
  files: Closed({ count: Amount, bytes: Amount }),
  /** How many of what the selection touches are not in the package. */
  leftOut: Closed({ relations: Amount, redirects: Amount }),
  /** Over the digests of all parts. */
  sha256: Digest,
});
export type Manifest = Static<typeof Manifest>;

/** What the digest of the whole is made of: what `sha256sum` prints of the parts. */
export const wholeText = (parts: readonly Pick<ManifestPart, 'path' | 'sha256'>[]): string =>
  parts.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');

/** A manifest as it should be, or why it is none. */
export function readManifest(text: string): Manifest {
  const value = parsed(text);
  if (!isObject(value) || value['format'] !== packageFormat)
    throw new AppError('invalid', 'packaging.manifest-wrong', '这不是本平台的开放数据包。');
  if (value['version'] !== packageVersion)
    throw new AppError(
      'invalid',
      'packaging.version-unknown',
      '数据包的格式版本不受支持，请用对应版本的程序导入。',
      {
        details: { version: value['version'], supported: packageVersion },
      },
    );
  if (!Value.Check(Manifest, value))
    throw new AppError('invalid', 'packaging.manifest-wrong', '数据包的清单 manifest.json 不完整或有误。');
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', 'packaging.manifest-wrong', '数据包的清单 manifest.json 不完整或有误。', {
      cause: error,
    });
  }
}
