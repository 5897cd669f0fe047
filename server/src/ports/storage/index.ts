export { folderStorage } from "./folder.ts";
export { objectStorage } from "./object-store.ts";
export { readAll, type Storage, type Stored } from "./stored.ts";
