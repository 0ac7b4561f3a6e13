import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiFile } from './documented-schema.ts';
import type { Answer } from './test-service.ts';

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface DocumentedResponse {
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Readonly<Record<string, object>>;
}

const { paths, components } = openApiFile();
// OpenAPI 3.1 describes bodies in JSON Schema 2020-12. `date` stands in requests only.
const ajv = new Ajv2020({ strictTypes: false, validateFormats: false });
const validators = new Map<string, ValidateFunction>();

/** What an answer has that `openapi.yaml` does not say of its operation: a status, a type, a header, a field. */
export function undocumented(
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  answer: Answer,
): string | undefined {
  const { responses } = paths[path][method] as Operation;
  const status = String(answer.status);
  if (!Object.hasOwn(responses, status)) return `the status ${status}: ${answer.text.slice(0, 300)}`;
  const { content, headers = {} } = responses[status];
  const type = answer.type?.split(';')[0] ?? 'none';
  if (!Object.hasOwn(content, type)) return `the type ${type} with status ${status}`;
  const missing = Object.keys(headers).filter((name) => !answer.headers.has(name));
  if (missing.length > 0) return `no ${missing.join(', ')} with status ${status}`;
  const validate = validatorOf(`${method} ${path} ${status} ${type}`, content[type].schema);
  const body: unknown = type.endsWith('json') ? JSON.parse(answer.text) : answer.text;
  if (validate(body)) return undefined;
  return `${status} ${ajv.errorsText(validate.errors)} in ${answer.text.slice(0, 300)}`;
}

function validatorOf(key: string, schema: object): ValidateFunction {
  const known = validators.get(key);
  if (known) return known;
  const text = JSON.stringify({ ...schema, $defs: components.schemas });
  const local = JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as object;
  const validate = ajv.compile(local);
  validators.set(key, validate);
  return validate;
}
