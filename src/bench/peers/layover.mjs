// Layover's schema and the resolvers of the measured screens, for graphql-js.
import { createHmac } from 'node:crypto';
import { GraphQLError, GraphQLScalarType } from 'graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import airport from '../../../schema/airport.graphqls';
import flight from '../../../schema/flight.graphqls';
import screenful from '../../../schema/screenful.graphqls';
import traveller from '../../../schema/traveller.graphqls';
import { Store } from './store.mjs';

export const typeDefs = [screenful, airport, flight, traveller];

const { CURSOR_SECRET, ISSUER, CLIENT_IDS } = process.env;
const LATE_MINUTES = 15;
const MAX_PAGE = 50;

const issuerKeys = createRemoteJWKSet(new URL(`${ISSUER}/.well-known/jwks.json`));

/** The GraphQL context of a request: the caller, and a store of its own. */
export async function contextOf(authorization) {
  return { caller: authorization ? await callerOf(authorization) : null, store: new Store() };
}

async function callerOf(authorization) {
  const { payload } = await jwtVerify(authorization.replace(/^Bearer /i, ''), issuerKeys, {
    issuer: ISSUER,
    audience: CLIENT_IDS.split(','),
    algorithms: ['RS256', 'ES256'],
  });
  return { id: payload.sub, name: payload.name ?? null };
}

export const resolvers = {
  DateTime: new GraphQLScalarType({
    name: 'DateTime',
    serialize: text => moment(new Date(text)),
    parseValue: instant,
    parseLiteral: node => instant(node.value),
  }),
  Node: { __resolveType: () => null }, // no measured screen selects it
  Query: {
    me: (_, __, { caller }) => caller,
    airport: async (_, { code }, { store }) =>
      (await store.get(airportKey(code.toUpperCase()))) ?? notFound(`No airport has the code '${code}'.`),
    flight: async (_, { id }, { store }) =>
      (await store.get(flightKey(id.replace('Flight:', '')))) ?? notFound(`No flight has the id '${id}'.`),
    departures: async (_, { airport, from, first }, { store, caller }) => {
      const page = await store.query(
        {
          IndexName: 'departures',
          KeyConditionExpression: 'originCode = :origin AND departsAt >= :from',
          ExpressionAttributeValues: { ':origin': { S: airport.toUpperCase() }, ':from': { S: moment(from ?? new Date()) } },
        },
        size(first),
      );
      return connection(page, 'departsAt', `Query.departures\n${airport}\n${from}\n${caller?.id}`);
    },
  },
  Traveller: {
    bookings: async (me, { from, first }, { store }) =>
      connection(await own(store, me, 'BOOKING#', from ? moment(from).replace(/[-:]/g, '') : '', first), 'sk', `Traveller.bookings\n${me.id}`),
    follows: async (me, { from, first }, { store }) =>
      connection(await own(store, me, 'FOLLOW#', from ? moment(from) : '', first), 'sk', `Traveller.follows\n${me.id}`),
  },
  Booking: {
    id: booking => `Booking:${booking.id}`,
    flight: (booking, _, { store }) => store.load(flightKey(booking.flightId)),
  },
  Follow: {
    id: follow => `Follow:${follow.sk.slice('FOLLOW#'.length)}`,
    flight: (follow, _, { store }) => store.load(flightKey(follow.flightId)),
  },
  Flight: {
    id: flight => `Flight:${flight.id}`,
    airline: (flight, _, { store }) => store.load({ pk: `AIRLINE#${flight.airlineCode}`, sk: 'AIRLINE' }),
    origin: (flight, _, { store }) => store.load(airportKey(flight.originCode)),
    destination: (flight, _, { store }) => store.load(airportKey(flight.destinationCode)),
    status,
    followed: async (flight, _, { store, caller }) =>
      caller ? (await store.load(followKey(caller, flight))) !== null : false,
  },
  Airport: { id: airport => `Airport:${airport.code}` },
  Airline: { id: airline => `Airline:${airline.code}` },
};

function status(flight) {
  if (flight.state === 'CANCELLED') {
    return flight.state;
  }
  if (Date.parse(flight.expectedAt) <= Date.now()) {
    return 'DEPARTED';
  }
  if (flight.state === 'BOARDING') {
    return flight.state;
  }
  return flight.delayMinutes >= LATE_MINUTES ? 'DELAYED' : 'ON_TIME';
}

function airportKey(code) {
  return { pk: `AIRPORT#${code}`, sk: 'AIRPORT' };
}

function flightKey(id) {
  return { pk: `FLIGHT#${id}`, sk: 'FLIGHT' };
}

function followKey(caller, flight) {
  return { pk: `TRAVELLER#${caller.id}`, sk: `FOLLOW#${flight.departsAt}#${flight.id}` };
}

function own(store, me, kind, start, first) {
  return store.query(
    {
      KeyConditionExpression: 'pk = :owner AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':owner': { S: `TRAVELLER#${me.id}` }, ':from': { S: kind + start }, ':to': { S: `${kind}~` } },
    },
    size(first),
  );
}

/** A page as a connection. A cursor is signed when a client asks for it. */
function connection({ items, hasNextPage }, sort, scope) {
  const cursor = item => (item ? signed(scope, [item[sort], item.pk, item.sk]) : null);
  return {
    edges: items.map(item => ({ node: item, cursor: () => cursor(item) })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: () => cursor(items[0]),
      endCursor: () => cursor(items.at(-1)),
    },
  };
}

function signed(scope, parts) {
  const content = Buffer.from(JSON.stringify(parts));
  const signature = createHmac('sha256', CURSOR_SECRET).update(`${scope.length}\n${scope}`).update(content).digest();
  return Buffer.concat([content, signature.subarray(0, 16)]).toString('base64url');
}

function size(first) {
  if (first < 1 || first > MAX_PAGE) {
    throw new GraphQLError(`'first' must be between 1 and ${MAX_PAGE}, not ${first}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  }
  return first;
}

function instant(text) {
  const date = new Date(text);
  if (isNaN(date)) {
    throw new GraphQLError(`'${text}' is not a date and time.`);
  }
  return date;
}

/** A time in whole seconds, as in keys. */
function moment(date) {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function notFound(message) {
  throw new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
}
