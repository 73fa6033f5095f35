// Layover on GraphQL Yoga, as a Lambda function.
import { createSchema, createYoga } from 'graphql-yoga';
import { contextOf, resolvers, typeDefs } from './layover.mjs';
import { serve } from './runtime-loop.mjs';

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: ({ request }) => contextOf(request.headers.get('authorization')),
  graphiql: false,
  landingPage: false,
  logging: false,
});

serve(async event => {
  const response = await yoga.fetch('http://layover/graphql', {
    method: event.requestContext.http.method,
    headers: event.headers,
    body: event.body,
  });
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
});
