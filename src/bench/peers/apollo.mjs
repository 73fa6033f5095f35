// Layover on Apollo Server, as a Lambda function.
import { ApolloServer, HeaderMap } from '@apollo/server';
import { contextOf, resolvers, typeDefs } from './layover.mjs';
import { serve } from './runtime-loop.mjs';

const server = new ApolloServer({ typeDefs, resolvers });
server.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests(); // as its Lambda integration does

serve(async event => {
  const { status, headers, body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: event.requestContext.http.method,
      headers: new HeaderMap(Object.entries(event.headers)),
      search: '',
      body: JSON.parse(event.body),
    },
    context: () => contextOf(event.headers.authorization),
  });
  return { statusCode: status ?? 200, headers: Object.fromEntries(headers), body: body.string };
});
