// Loaded before a real process of the server, in a test: what it asks over https is answered by a plain server of the test,
// at /<host><path>. All the rest of the process is as in service.
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

https.request = (address, { lookup: _lookup, ...options }, answered) => {
  const { host, pathname, search } = new URL(address);
  return http.request(`${process.env.PLAYED_NETWORK}/${host}${pathname}${search}`, options, answered);
};
syncBuiltinESMExports();
