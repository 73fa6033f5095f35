// The table, as one request of a careful JavaScript backend reads it. Each request has a store of its own.
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import DataLoader from 'dataloader';

const TABLE = process.env.TABLE_NAME;
const BATCH = 100; // DynamoDB's limit

/** With ITEM_CACHE=on, the process caches public items as long as Layover does; see LayoverTable. */
const CACHE_SECONDS = process.env.ITEM_CACHE === 'on' ? { AIRPORT: 300, AIRLINE: 300, FLIGHT: 2 } : {};

const client = new DynamoDBClient();
const cache = new Map();

export class Store {
  #inFlight = 0;
  #waiting = [];
  #items = new DataLoader(keys => this.#readAll(keys), {
    cacheKeyFn: key => key.pk + '\n' + key.sk,
    maxBatchSize: BATCH,
    batchScheduleFn: dispatch => this.#whenIdle(dispatch),
  });

  /** Reads one item at once; null if there is none. */
  async get(key) {
    const item = cached(key) ?? (await this.#getItem(key));
    this.#items.prime(key, item);
    return item;
  }

  /** Reads an item together with all others that the request waits for. */
  load(key) {
    return cached(key) ?? this.#items.load(key);
  }

  /** Reads a page of items, and whether more follow. */
  async query(input, first) {
    const { Items } = await this.#send(new QueryCommand({ TableName: TABLE, ...input, Limit: first + 1 }));
    const items = Items.map(item => unmarshall(item));
    return { items: items.slice(0, first), hasNextPage: items.length > first };
  }

  async #readAll(keys) {
    if (keys.length === 1) {
      return [await this.#getItem(keys[0])];
    }
    const found = new Map();
    let left = { [TABLE]: { Keys: keys.map(attributes) } };
    while (left?.[TABLE]) {
      const { Responses, UnprocessedKeys } = await this.#send(new BatchGetItemCommand({ RequestItems: left }));
      for (const attributes of Responses[TABLE]) {
        const item = unmarshall(attributes);
        found.set(item.pk + '\n' + item.sk, item);
        keep(item);
      }
      left = UnprocessedKeys;
    }
    return keys.map(key => found.get(key.pk + '\n' + key.sk) ?? null);
  }

  async #getItem(key) {
    const { Item } = await this.#send(new GetItemCommand({ TableName: TABLE, Key: attributes(key) }));
    return Item ? keep(unmarshall(Item)) : null;
  }

  /** Batches are sent when no other call is in flight, so that fields of different depth share them. */
  #whenIdle(dispatch) {
    this.#waiting.push(dispatch);
    setImmediate(() => this.#dispatchIfIdle());
  }

  #dispatchIfIdle() {
    if (this.#inFlight === 0) {
      this.#waiting.splice(0).forEach(dispatch => dispatch());
    }
  }

  async #send(command) {
    this.#inFlight++;
    try {
      return await client.send(command);
    } finally {
      this.#inFlight--;
      setImmediate(() => this.#dispatchIfIdle());
    }
  }
}

function attributes(key) {
  return { pk: { S: key.pk }, sk: { S: key.sk } };
}

function cached(key) {
  const entry = cache.get(key.pk + '\n' + key.sk);
  return entry && entry.expires > Date.now() ? entry.item : undefined;
}

function keep(item) {
  const seconds = CACHE_SECONDS[item.sk];
  if (seconds) {
    cache.set(item.pk + '\n' + item.sk, { item, expires: Date.now() + seconds * 1000 });
  }
  return item;
}
