// One stream for all tabs that a browser has of a room: a browser opens only six connections to a server, and a seventh
// tab would hang without a word. Tabs that cannot share a worker hold a stream of their own while they are seen.
"use strict";

const ports = new Set();
let source = null;
let room = "";
let last = null;
let wait = 500;

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function open() {
  if (source) source.close();
  source = new EventSource(`/rooms/${room}/stream`);
  source.onopen = () => { wait = 500; tell({ up: true }); };
  source.onmessage = (event) => { last = Number(event.data); tell({ entry: last }); };
  source.onerror = () => {
    tell({ up: false });
    if (source.readyState === 2) {       // an answer that was no stream ends it for good: begin anew, a little later
      setTimeout(open, wait + Math.random() * wait);
      wait = Math.min(wait * 2, 15000);
    }
  };
}

self.onconnect = (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = (message) => {
    if (message.data.room) { room = message.data.room; if (!source) open(); }
    if (message.data.bye) { ports.delete(port); if (!ports.size && source) { source.close(); source = null; } }
    if (message.data.room && last !== null) port.postMessage({ entry: last, up: source && source.readyState === 1 });
  };
};
