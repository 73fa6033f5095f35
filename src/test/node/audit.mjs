// node audit.mjs URL: runs the audits of GraphQL over HTTP against a server. Prints the id, status and name of each as one
// line of JSON; the test that calls it decides whether that is right.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(results.map(({ id, status, name }) => ({ id, status, name }))));
