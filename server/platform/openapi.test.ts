import { describe, expect, it } from 'vitest';

import { allEndpoints } from '../../contracts/index.ts';
import { describeApi } from './openapi.ts';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security: readonly unknown[];
}

describe('the description of the interface', () => {
  const api = describeApi(allEndpoints, '1.0.0') as Described;
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  );

  it('names every endpoint once', () => {
    expect(api.openapi).toBe('3.1.0');
    expect(operations.map((one) => one.operationId).sort()).toEqual(
      allEndpoints.map((one) => `${one.module}.${one.name}`).sort(),
    );
  });

  it('declares exactly the parameters that a path has', () => {
    for (const { path, parameters } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inPath);
      expect(path).not.toContain(':');
    }
  });

  it('asks for a session wherever the contract does', () => {
    for (const operation of operations) {
      const endpoint = allEndpoints.find((one) => `${one.module}.${one.name}` === operation.operationId);
      expect(operation.security.length === 0, operation.operationId).toBe(endpoint?.access === 'public');
      expect(operation.summary).not.toBe('');
      expect(operation.responses).toHaveProperty('default');
    }
  });

  it('can be written as JSON', () => {
    expect(JSON.parse(JSON.stringify(api))).toMatchObject({ info: { version: '1.0.0' } });
  });
});
