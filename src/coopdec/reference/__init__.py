"""The gazetteer: French collectivities, countries, their administrative levels, towns.

>>> gazetteer().country("LAOS, RÉPUBLIQUE DÉMOCRATIQUE POPULAIRE").ids["iso2"]
'LA'
"""

from coopdec.reference.countries import FormerCountry
from coopdec.reference.gazetteer import Gazetteer, Hit, gazetteer

__all__ = ["FormerCountry", "Gazetteer", "Hit", "gazetteer"]
