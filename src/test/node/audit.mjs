// node audit.mjs URL: runs the audits of GraphQL over HTTP against a server. Prints the id, status and name of each audit as
// one line of JSON, which the calling test checks.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(results.map(({ id, status, name }) => ({ id, status, name }))));
