// @ts-check
// The page of `vanthu preview`: printed pages that follow a file while it is edited elsewhere. Begins here.

import { readHash } from "./address.js";
import { connect, onState } from "./connection.js";
import "./copying.js";
import { isNarrow } from "./dom.js";
import { wireDropping } from "./dropped.js";
import { currentIndex } from "./geometry.js";
import "./keys.js";
import { PANELS, setPanel, wireDock } from "./panels.js";
import { goToPage } from "./scrolling.js";
import { wireSearch } from "./search.js";
import { placeKey, settings, stored } from "./settings.js";
import { wireSource } from "./source-cursor.js";
import { app, view } from "./state.js";
import { setOutline, wireToolbar } from "./toolbar.js";
import { wireUnits } from "./units.js";
import { receive } from "./update.js";

addEventListener("popstate", () => {
  const { page, unit } = readHash();
  if (unit !== null && unit !== app.state?.unit) connect(unit);
  if (page !== null && page !== currentIndex()) goToPage(page);
});

wireToolbar();
wireSearch();
wireUnits();
wireSource();
wireDock();
wireDropping();
setOutline(settings.outline);
if (!isNarrow()) for (const name of settings.panels) if (PANELS[name]) setPanel(name, true);
view.focus({ preventScroll: true });
onState(receive);
connect(readHash().unit ?? stored(sessionStorage, placeKey)?.unit ?? null);
