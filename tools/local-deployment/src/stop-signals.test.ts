import { EventEmitter } from "node:events";

import { onStopSignals } from "./stop-signals";

function listening(): { send: (signal: string, atMs: number) => void; heard: string[] } {
  const from = new EventEmitter();
  const heard: string[] = [];
  let time = 0;
  onStopSignals({
    from,
    now: () => time,
    stop: () => heard.push("stop"),
    giveUp: () => heard.push("give up"),
  });
  const send = (signal: string, atMs: number): void => {
    time = atMs;
    from.emit(signal);
  };
  return { send, heard };
}

describe("signals to stop", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("stop at the first %s", (signal) => {
    const { send, heard } = listening();
    send(signal, 0);
    expect(heard).toEqual(["stop"]);
  });

  it("count as one request when npm or a supervisor repeats them", () => {
    const { send, heard } = listening();
    send("SIGTERM", 0);
    send("SIGTERM", 20);
    send("SIGHUP", 900);
    expect(heard).toEqual(["stop"]);
  });

  it("make the program give up when a second request comes later", () => {
    const { send, heard } = listening();
    send("SIGINT", 0);
    send("SIGINT", 1_500);
    expect(heard).toEqual(["stop", "give up"]);
  });
});
