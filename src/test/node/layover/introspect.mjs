// Introspects a server as graphql-js, codegen and GraphiQL do, with each choice of options, and prints the built schemas.
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';

const choices = [
  {},
  { inputValueDeprecation: true },
  { inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true, oneOf: true },
];
for (const options of choices) {
  const response = await fetch(process.argv[2], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery(options) }),
  });
  const { data, errors } = await response.json();
  console.log(errors ? JSON.stringify(errors) : printSchema(buildClientSchema(data)).includes('type Airport implements Node'));
}
