import { openApiFile } from './documented-schema.ts';

/** A field of a body that takes a number, as `openapi.yaml` describes it. */
export interface NumericField {
  /** Its pointer, with `-` for every position in a list. */
  readonly pattern: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly isWhole: boolean;
  readonly description: string;
}

interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}

/** Every field with a number that the body of a schema can have. */
export function numericFields(schemaName: string): NumericField[] {
  const schemas = openApiFile().components.schemas as Readonly<Record<string, SchemaNode>>;
  const visit = (node: SchemaNode, pattern: string): NumericField[] => {
    if (node.$ref !== undefined) return visit(schemas[node.$ref.split('/').pop()!], pattern);
    if (node.type === 'number' || node.type === 'integer')
      return [
        {
          pattern,
          minimum: node.minimum ?? -Infinity,
          maximum: node.maximum ?? Infinity,
          isWhole: node.type === 'integer',
          description: node.description ?? '',
        },
      ];
    return [
      ...Object.entries(node.properties ?? {}).flatMap(([name, part]) => visit(part, `${pattern}/${name}`)),
      ...(node.items ? visit(node.items, `${pattern}/-`) : []),
      ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((part) => visit(part, pattern)),
    ];
  };
  return visit(schemas[schemaName], '');
}
