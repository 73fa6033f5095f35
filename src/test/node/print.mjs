// node print.mjs FILE: prints a document as Apollo Client sends it.
import { readFileSync } from "node:fs";
import { InMemoryCache } from "@apollo/client";
import { parse, print } from "graphql";

process.stdout.write(print(new InMemoryCache().transformDocument(parse(readFileSync(process.argv[2], "utf8")))));
