// node client-files.mjs FOLDER: reads the files for clients as their tools do, and validates each operation of the manifest
// against the SDL and the introspection result. Prints the operations, the errors, and the differences between both schemas
// as one line of JSON.
import { readFileSync } from "node:fs";
import { buildClientSchema, buildSchema, findBreakingChanges, parse, validate } from "graphql";

const read = (name) => readFileSync(`${process.argv[2]}/${name}`, "utf8");
const sdl = buildSchema(read("schema.graphqls"));
const introspected = buildClientSchema(JSON.parse(read("introspection.json")).data);
const { operations } = JSON.parse(read("persisted-query-manifest.json"));
const errors = operations.flatMap(({ body }) =>
  [sdl, introspected].flatMap((schema) => validate(schema, parse(body)).map(({ message }) => message)),
);
const differences = [...findBreakingChanges(sdl, introspected), ...findBreakingChanges(introspected, sdl)];
console.log(JSON.stringify({ operations: operations.map(({ name }) => name), errors, differences }));
