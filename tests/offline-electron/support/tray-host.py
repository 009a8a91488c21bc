"""A panel for tray icons (StatusNotifier), spoken to in lines of JSON: it answers {"do": "look"} with the icon and its
menu, and {"do": "click", "label": "Quit"} by clicking that entry of it."""
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WATCHER = 'org.kde.StatusNotifierWatcher'
ITEM = 'org.kde.StatusNotifierItem'
MENU = 'com.canonical.dbusmenu'
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
items = []


class Watcher(dbus.service.Object):
    def __init__(self):
        super().__init__(dbus.service.BusName(WATCHER, bus), '/StatusNotifierWatcher')

    @dbus.service.method(WATCHER, in_signature='s', sender_keyword='sender')
    def RegisterStatusNotifierItem(self, service, sender=None):
        place = (sender, str(service)) if str(service).startswith('/') else (str(service), '/StatusNotifierItem')
        items.append(place)

    @dbus.service.method(WATCHER, in_signature='s')
    def RegisterStatusNotifierHost(self, _service):
        pass

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='s', out_signature='a{sv}')
    def GetAll(self, _interface):
        return {'IsStatusNotifierHostRegistered': True, 'ProtocolVersion': dbus.Int32(0)}


def properties():
    name, path = items[-1]
    return name, dbus.Interface(bus.get_object(name, path), dbus.PROPERTIES_IFACE).GetAll(ITEM)


def menu_of(name, path):
    return dbus.Interface(bus.get_object(name, path), MENU)


def tree(node):
    number, about, children = node
    return {
        'id': int(number),
        'label': str(about.get('label', '')).replace('_', ''),
        'enabled': bool(about.get('enabled', True)),
        'items': [tree(child) for child in children],
    }


def look():
    if not items:
        return None
    try:
        name, about = properties()
        _revision, root = menu_of(name, about['Menu']).GetLayout(0, -1, ['label', 'enabled'])
        return {'icon': str(about['IconName']), 'folder': str(about.get('IconThemePath', '')), 'items': tree(root)['items']}
    except dbus.DBusException:
        return None  # its program ended


def flat(entries):
    return [one for entry in entries for one in [entry, *flat(entry['items'])]]


def click(label):
    """Whether there is such an entry. It is looked up anew when the menu was replaced between look and click."""
    for _ in range(5):
        seen = look()
        entry = next((one for one in flat(seen['items'] if seen else []) if one['label'] == label and one['enabled']), None)
        if entry is None:
            return False
        name, about = properties()
        try:
            menu_of(name, about['Menu']).Event(dbus.Int32(entry['id']), 'clicked', dbus.Int32(0), dbus.UInt32(0))
            return True
        except dbus.DBusException:
            continue
    return False


def hear(source, _condition):
    line = source.readline()
    if not line:
        loop.quit()
        return False
    asked = json.loads(line)
    print(json.dumps(look() if asked['do'] == 'look' else click(asked['label'])), flush=True)
    return True


watcher = Watcher()
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, hear)
loop.run()
