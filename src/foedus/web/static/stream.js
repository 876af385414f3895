// One stream for all tabs that a browser has of a room: a browser opens only six connections to a server, and a seventh
// tab would hang without a word. It says how many entries the record has by now, and whether the connection stands.
"use strict";

const ports = new Set();
let source = null;
let room = "";
let last = null;
let wait = 500;
let up = null;

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function open() {
  if (source) source.close();
  source = new EventSource(`/rooms/${room}/stream`);
  source.onopen = () => { wait = 500; up = true; tell({ up }); };
  source.onmessage = (event) => { last = Number(event.data); tell({ entry: last }); };
  source.onerror = () => {
    const ended = source.readyState === 2;           // an answer that was no stream: the browser does not try again
    up = false;
    tell({ up, ended });
    if (ended) {
      setTimeout(() => { if (ports.size) open(); }, wait + Math.random() * wait);
      wait = Math.min(wait * 2, 15000);
    }
  };
}

self.onconnect = (event) => {
  const port = event.ports[0];
  port.onmessage = ({ data }) => {
    if (data.bye) {
      ports.delete(port);
      if (!ports.size && source) { source.close(); source = null; last = null; up = null; }
      return;
    }
    room = data.room;
    ports.add(port);
    if (!source) open();
    if (up !== null) port.postMessage({ up });
    if (last !== null) port.postMessage({ entry: last });
  };
};
