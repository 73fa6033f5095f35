// A function that returns the response event in RESPONSE, or fails.
import { serve } from '../peers/runtime-loop.mjs';

serve(async () => {
  if (!process.env.RESPONSE) {
    throw new Error('This function always fails.');
  }
  return JSON.parse(process.env.RESPONSE);
});
