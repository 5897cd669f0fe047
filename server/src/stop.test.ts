import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { makeWorld } from "./testing/world.ts";

it("a connection that a browser opened ahead of need does not hold the portal at its stop", async () => {
  const world = await makeWorld();
  await world.app.listen({ port: 0, host: "127.0.0.1" });
  const silent = connect((world.app.server.address() as AddressInfo).port, "127.0.0.1");
  await once(silent, "connect");
  const ended = once(silent, "close");
  // Left to itself, Node waits a minute for the first byte: longer than this test may take.
  await world.close();
  await ended;
  expect(world.app.server.listening).toBe(false);
});
