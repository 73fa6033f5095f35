// The measured screens as API Gateway events, payload format 2.0.
import { readFileSync } from 'node:fs';

export const SCREENS = ['Home', 'AirportBoard', 'FlightDetail'];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The event of each screen, with the variables of its example. */
export function events(folder, token) {
  const now = new Date(Math.floor(Date.now() / HOUR) * HOUR);
  const tomorrow = new Date(now.getTime() + DAY).toISOString().slice(0, 10);
  return Object.fromEntries(
    SCREENS.map(screen => {
      const example = readFileSync(`${folder}/schema/screens/${screen}.example.json`, 'utf8')
        .replaceAll('{now}', now.toISOString().replace('.000', ''))
        .replaceAll('{tomorrow}', tomorrow);
      const { caller, variables } = JSON.parse(example);
      const query = readFileSync(`${folder}/schema/screens/${screen}.graphql`, 'utf8');
      return [screen, event({ query, variables }, caller && token)];
    }),
  );
}

/** The event of a GraphQL request. */
export function event(request, token) {
  return JSON.stringify({
    version: '2.0',
    routeKey: 'POST /graphql',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      host: 'layover.execute-api.us-east-1.amazonaws.com',
      'user-agent': 'layover-android',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'layover',
      domainName: 'layover.execute-api.us-east-1.amazonaws.com',
      http: { method: 'POST', path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'layover-android' },
      requestId: 'benchmark',
      routeKey: 'POST /graphql',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    body: JSON.stringify(request),
    isBase64Encoded: false,
  });
}

/** The body of a response as JSON, without what may differ: extensions, and cursors, which are opaque. */
export function answer(response) {
  const { statusCode, body, isBase64Encoded } = JSON.parse(response);
  if (statusCode !== 200 || isBase64Encoded) {
    throw new Error(`Unexpected response: ${response}`);
  }
  const { extensions, ...rest } = JSON.parse(body, (name, value) => (name === 'endCursor' && value ? '(a cursor)' : value));
  if (rest.errors) {
    throw new Error(`The response has errors: ${body}`);
  }
  return rest;
}
