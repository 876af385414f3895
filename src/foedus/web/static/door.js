// A link or a QR code brings the code behind the mark of an address, where no server writes it down.
"use strict";

(() => {
  const code = document.getElementById("code");
  const given = decodeURIComponent(location.hash.slice(1));
  if (code && given) {
    code.value = given;
    history.replaceState(null, "", location.pathname);
    document.getElementById("name").focus();
  }
})();
