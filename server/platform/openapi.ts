import type { TSchema } from 'typebox';

import { type Endpoint, Problem } from '../../contracts/endpoint.ts';

interface NamedEndpoint extends Endpoint {
  readonly module: string;
  readonly name: string;
}

const properties = (schema: TSchema | undefined): [string, object, boolean][] => {
  const object: { properties?: Record<string, object>; required?: string[] } | undefined = schema;
  return Object.entries(object?.properties ?? {}).map(([name, one]) => [
    name,
    one,
    object?.required?.includes(name) ?? false,
  ]);
};

function securityOf(access: Endpoint['access']): readonly object[] {
  if (access === 'public') return [];
  return access === 'key' ? [{ key: [] }, { password: [] }] : [{ session: [] }];
}

function operationOf(endpoint: NamedEndpoint): object {
  const parameters = [
    ...properties(endpoint.params).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...properties(endpoint.query).map(([name, schema, required]) => ({
      name,
      in: 'query',
      required,
      schema,
    })),
  ];
  const status = String(endpoint.status ?? 200);
  const answer = endpoint.produces
    ? { [endpoint.produces]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: endpoint.response } };
  const problem = {
    description: 'Refused; the code says why.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    operationId: `${endpoint.module}.${endpoint.name}`,
    tags: [endpoint.module],
    summary: endpoint.summary,
    parameters,
    ...(endpoint.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } }
      : {}),
    ...(endpoint.upload
      ? {
          requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        }
      : {}),
    responses: {
      [status]: { description: 'Done.', ...(status === '204' ? {} : { content: answer }) },
      default: problem,
    },
    security: securityOf(endpoint.access),
  };
}

/** What an interface is, and how one shows who one is. */
export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly securitySchemes: Readonly<Record<string, object>>;
}

const consoleDescription: ApiDescription = {
  title: '集约 Jiyue',
  description:
    'The interface that the console uses. Sign in with POST /api/session; every request that changes something carries the header x-csrf-token.',
  securitySchemes: {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'jiyue_session',
      description: 'Over https the name is `__Host-jiyue_session`.',
    },
  },
};

/** OpenAPI 3.1 of the given endpoints: the contracts are JSON Schema already, so nothing is said twice. */
export function describeApi(
  endpoints: readonly NamedEndpoint[],
  version: string,
  { title, description, securitySchemes } = consoleDescription,
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description },
    paths,
    components: { schemas: { Problem }, securitySchemes },
  };
}
